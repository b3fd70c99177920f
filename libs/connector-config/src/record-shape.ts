import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsNotEmpty, IsOptional, IsString, ValidateNested } from 'class-validator';

const text = { message: 'must be text' };
const texts = { each: true, message: 'must be a list of texts' };
const list = { message: 'must be a list' };
const yesNo = { message: 'must be true or false, without quotes' };

/** One entry of `properties`. `value` may be written as a number or true/false; it is read as text. */
export class ConnectorProperty {
  @IsString(text) @IsNotEmpty({ message: 'must not be empty' }) key!: string;
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value))
  @IsString({ message: 'must be text, a number or true/false' })
  value: string = '';
  @IsOptional() @IsString(text) valueType?: string;
  @IsOptional() @IsString(text) keyGroup?: string;
  @IsOptional() @IsBoolean(yesNo) editKey?: boolean;
}

/** One entry of `customHeaders`, sent with every call. */
export class CustomHeader {
  @IsString(text) @IsNotEmpty({ message: 'must not be empty' }) key!: string;
  @IsString(text) value!: string;
}

/** The connector record of Omnium's settings, as far as it is published. Unknown keys stay in the record and are not looked at. */
export class ConnectorRecord {
  @IsString(text) @IsNotEmpty({ message: 'must not be empty' }) name!: string;
  @IsOptional() @IsString(text) displayName?: string;
  @IsOptional() @IsString(text) type?: string;
  @IsOptional() @IsString(text) connectorId?: string;
  @IsOptional() @IsString(text) host?: string;
  @IsOptional() @IsArray(list) @IsString(texts) implementations?: string[];
  @IsArray(list) @ValidateNested({ each: true }) @Type(() => ConnectorProperty) properties: ConnectorProperty[] = [];
  @IsArray(list) @ValidateNested({ each: true }) @Type(() => CustomHeader) customHeaders: CustomHeader[] = [];
  @IsOptional() @IsBoolean(yesNo) isAuthenticatedManually?: boolean;
  @IsOptional()
  @IsString({ message: 'must be a time span in quotes, such as "00:00:30"; a bare number is refused, because its unit is not certain' })
  timeOut?: string;
  @IsOptional() @IsBoolean(yesNo) disableStandardErrorPolicy?: boolean;
  @IsOptional() @IsArray(list) @IsString(texts) enabledForMarkets?: string[];
  @IsOptional() @IsArray(list) @IsString(texts) disabledForMarkets?: string[];
  @IsOptional() @IsArray(list) @IsString(texts) enabledForMarketGroups?: string[];
  @IsOptional() @IsArray(list) @IsString(texts) disabledForMarketGroups?: string[];
}

export const PROPERTY_KEYS = ['key', 'value', 'valueType', 'keyGroup', 'editKey'] as const;
export const HEADER_KEYS = ['key', 'value'] as const;
export const RECORD_KEYS = [
  'name',
  'displayName',
  'type',
  'connectorId',
  'host',
  'implementations',
  'properties',
  'customHeaders',
  'isAuthenticatedManually',
  'timeOut',
  'disableStandardErrorPolicy',
  'enabledForMarkets',
  'disabledForMarkets',
  'enabledForMarketGroups',
  'disabledForMarketGroups',
] as const;

import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsNotEmpty, IsOptional, IsString, ValidateNested } from 'class-validator';
import { ConnectorProperty } from './record-shape';

/** A block of Omnium's scheduled tasks (omnium/configuration.md section 2). Unknown keys stay in the record and are not looked at. */
export class ScheduledTaskRecord {
  @IsString({ message: 'must be text' }) @IsNotEmpty({ message: 'must not be empty' }) schedule!: string;
  @IsString({ message: 'must be text' }) @IsNotEmpty({ message: 'must not be empty' }) implementationType!: string;
  @IsOptional() @IsBoolean({ message: 'must be true or false, without quotes' }) isDisabled?: boolean;
  @IsArray({ message: 'must be a list' })
  @ValidateNested({ each: true })
  @Type(() => ConnectorProperty)
  properties: ConnectorProperty[] = [];
}

export const TASK_KEYS = ['schedule', 'implementationType', 'isDisabled', 'properties'] as const;

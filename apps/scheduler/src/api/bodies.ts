import 'reflect-metadata';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

/** Body of `POST …/run`; may be left out. */
export class RunNow {
  /** One market; without it every active one. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(64) market?: string;
}

/** Body of `POST …/enable` and `…/disable`; may be left out. */
export class SwitchTask {
  /** Who does it, in their own words. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(64) by?: string;
}

import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { RecordingSettings } from '@weir/contracts';

@ObjectType({ description: 'What is replaced wherever it matches.' })
export class RedactPattern {
  @Field(() => String, { description: 'What stands in its place, and what its findings are counted under.' })
  name: string;

  @Field(() => String, { description: 'In the syntax of RE2.' })
  pattern: string;
}

@ObjectType('RecordingSettings', {
  description: 'What is kept of calls where `recordInputs` or `recordOutputs` is on.',
})
export class RecordingSettingsType implements RecordingSettings {
  @Field(() => Int, { description: 'Days after which what was recorded is gone.' })
  retentionDays: number;

  @Field(() => Int, { description: 'Of one body, before compression; what is longer is cut there and marked.' })
  maxBodyBytes: number;

  @Field(() => Int, { description: 'Of 10,000 calls, how many are recorded.' })
  samplePer10k: number;

  @Field(() => [String], { description: 'Names of built-in detectors, see `redactionDetectors`.' })
  redactDetectors: string[];

  @Field(() => [RedactPattern])
  redactPatterns: RedactPattern[];
}

@ObjectType({ description: 'A built-in rule of redaction.' })
export class RedactionDetector {
  @Field(() => String)
  name: string;

  @Field(() => String)
  label: string;

  @Field(() => String, { description: 'One sentence: what it finds.' })
  finds: string;
}

@ObjectType({ description: 'Why a pattern cannot be used.' })
export class RedactPatternProblem {
  @Field(() => String, { description: 'Path of the input, for example `redactPatterns[1].pattern`.' })
  field: string;

  @Field(() => String)
  code: string;

  @Field(() => String)
  message: string;
}

@InputType()
export class RedactPatternInput {
  @Field(() => String, { description: 'Lowercase letters, digits and underscores, 63 at most.' })
  name: string;

  @Field(() => String, { description: 'In the syntax of RE2, at most 512 characters.' })
  pattern: string;
}

@InputType({ description: 'A field left out stays as it is; lists replace those there are.' })
export class RecordingSettingsInput {
  @Field(() => Int, { nullable: true, description: '1 to 3650; 30 where nobody chose.' })
  retentionDays?: number | null;

  @Field(() => Int, { nullable: true, description: '1024 to 33554432; 5242880 where nobody chose.' })
  maxBodyBytes?: number | null;

  @Field(() => Int, { nullable: true, description: '0 to 10000; 10000, which is all, where nobody chose.' })
  samplePer10k?: number | null;

  @Field(() => [String], { nullable: true })
  redactDetectors?: string[] | null;

  @Field(() => [RedactPatternInput], { nullable: true, description: '32 at most.' })
  redactPatterns?: RedactPatternInput[] | null;
}

import { Injectable, type PipeTransform } from '@nestjs/common';
import type { ZodType } from 'zod';
import { InputError } from './errors.js';

/**
 * Parses an argument: `@Args('input', new ZodPipe(schema)) input`. @throws InputError `INPUT_INVALID` naming the first
 * field at fault. GraphQL's explicit null counts as absent where the schema allows it (`.nullish()`).
 */
@Injectable()
export class ZodPipe<Output> implements PipeTransform<unknown, Output> {
  constructor(private readonly schema: ZodType<Output>) {}

  transform(value: unknown): Output {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    const message = issue?.message ?? 'is not valid';
    throw new InputError('INPUT_INVALID', `${labelOf(field)} ${message}.`, field || undefined);
  }
}

/** `input.newPassword` -> `New password` */
function labelOf(field: string): string {
  const words = (field.split('.').at(-1) ?? '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words ? `${words[0]?.toUpperCase()}${words.slice(1)}` : 'The input';
}

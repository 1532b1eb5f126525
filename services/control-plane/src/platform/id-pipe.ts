import { Injectable, type PipeTransform } from '@nestjs/common';
import { uuid } from '@weir/contracts';
import { NotFound } from './errors.js';

/** `@Args('id', IdPipe)`: an id that is no UUID names nothing, and must not reach a uuid column. @throws NotFound */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    const parsed = uuid.safeParse(value);
    if (!parsed.success) throw new NotFound();
    return parsed.data;
  }
}

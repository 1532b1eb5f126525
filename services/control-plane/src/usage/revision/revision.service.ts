import { Injectable } from '@nestjs/common';
import { InputError } from '../../platform/errors.js';

@Injectable()
export class RevisionService {
  of(..._: unknown[]): never {
    throw new InputError('NOT_AVAILABLE', 'This figure is not available yet.');
  }
}

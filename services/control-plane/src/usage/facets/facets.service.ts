import { Injectable } from '@nestjs/common';
import { InputError } from '../../platform/errors.js';

@Injectable()
export class FacetsService {
  values(..._: unknown[]): never {
    throw new InputError('NOT_AVAILABLE', 'This figure is not available yet.');
  }

  tagKeys(..._: unknown[]): never {
    throw new InputError('NOT_AVAILABLE', 'This figure is not available yet.');
  }
}

import { Injectable } from '@nestjs/common';
import { InputError } from '../../platform/errors.js';

@Injectable()
export class ForecastService {
  ofMonth(..._: unknown[]): never {
    throw new InputError('NOT_AVAILABLE', 'This figure is not available yet.');
  }
}

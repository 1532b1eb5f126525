import { Module } from '@nestjs/common';
import { CatalogResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { PriceBookService } from './price-book.service.js';

@Module({
  providers: [PriceBookService, CatalogService, CatalogResolver],
  exports: [PriceBookService, CatalogService],
})
export class PricingModule {}

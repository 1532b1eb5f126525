import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { lexicographicSortSchema, printSchema } from 'graphql';

const HEADER = '# Generated from the resolvers by `npm run build`; do not edit.\n';

/** The schema as text, without starting the service or touching a database. */
export async function printResolvers(resolvers: readonly Type[]): Promise<string> {
  const app = await NestFactory.create(GraphQLSchemaBuilderModule, new FastifyAdapter(), { logger: false });
  try {
    await app.init();
    const schema = await app.get(GraphQLSchemaFactory).create([...resolvers]);
    return `${HEADER}\n${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}

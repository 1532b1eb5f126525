import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import { Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../app.module.js';
import { Allow, Public } from '../platform/policy.js';
import { printResolvers } from './print.js';
import { fieldsOf, findResolvers, unlabelled } from './resolvers.js';

@Resolver()
class Labelled {
  @Query(() => String, { name: 'renamed' })
  @Public()
  open(): string {
    return '';
  }

  @Mutation(() => String)
  @Allow('self')
  change(): string {
    return '';
  }
}

@Resolver()
class Forgotten {
  @Query(() => String)
  @Allow('self')
  fine(): string {
    return '';
  }

  @Mutation(() => String)
  change(): string {
    return '';
  }

  @ResolveField(() => String)
  detail(): string {
    return '';
  }

  helper(): string {
    return '';
  }
}

@Resolver()
@Allow('self')
class LabelledAsAWhole {
  @Query(() => String)
  all(): string {
    return '';
  }
}

@Module({ providers: [Forgotten] })
class Inner {}

@Module({ imports: [Inner], providers: [LabelledAsAWhole] })
class Outer {}

describe('resolvers without a policy', () => {
  it('are found wherever a module brings them in, and named', () => {
    const resolvers = findResolvers([Outer, { module: class Dynamic {}, providers: [Labelled] }, Inner]);
    expect(resolvers).toEqual([LabelledAsAWhole, Forgotten, Labelled]);
    expect(unlabelled(resolvers)).toEqual(['Forgotten.change', 'Forgotten.detail']);
  });

  it('are none of ours', () => {
    const resolvers = findResolvers(ROOMS);
    expect(resolvers.flatMap(fieldsOf).length).toBeGreaterThan(40);
    expect(unlabelled(resolvers)).toEqual([]);
  });
});

it('schema.graphql is what the resolvers say; `npm run build` writes it', async () => {
  const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(await printResolvers(findResolvers(ROOMS))).toBe(committed);
});

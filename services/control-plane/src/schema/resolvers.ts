import type { Type } from '@nestjs/common';
import { POLICY_KEY, type Policy } from '../platform/policy.js';

/** Metadata keys of @nestjs/graphql and @nestjs/common, which export them only from paths that may move. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVED_PROPERTY = 'graphql:resolve_property';
const PROVIDERS = 'providers';
const IMPORTS = 'imports';

export interface ResolverField {
  /** `ProvidersResolver.list` */
  readonly where: string;
  /** The field's name in the schema where the decorator gave one, else the method's. */
  readonly field: string;
  readonly kind: 'Query' | 'Mutation' | 'Subscription' | 'field';
  /** Its own policy, else its class's; null: nobody would be let in. */
  readonly policy: Policy | null;
}

type Provided = Type | { readonly useClass?: Type; readonly provide?: unknown };
interface Dynamic {
  readonly module: Type;
  readonly imports?: readonly Imported[];
  readonly providers?: readonly Provided[];
}
type Imported = Type | Dynamic;

const list = <Item>(key: string, module: Type): Item[] =>
  (Reflect.getMetadata(key, module) as Item[] | undefined) ?? [];

/** Every resolver class that the modules bring in, themselves or through their imports. */
export function findResolvers(modules: readonly Imported[], seen = new Set<Type>()): Type[] {
  return modules.flatMap((imported) => {
    const given: Dynamic = typeof imported === 'function' ? { module: imported } : imported;
    const { module } = given;
    if (seen.has(module)) return [];
    seen.add(module);
    const providers = [...list<Provided>(PROVIDERS, module), ...(given.providers ?? [])];
    const classes = providers.flatMap((provided) =>
      typeof provided === 'function' ? [provided] : provided.useClass ? [provided.useClass] : [],
    );
    const resolvers = classes.filter(
      (type) => methodsOf(type).some(isResolved) || Reflect.hasMetadata(RESOLVER_TYPE, type),
    );
    return [...resolvers, ...findResolvers([...list<Imported>(IMPORTS, module), ...(given.imports ?? [])], seen)];
  });
}

export function fieldsOf(resolver: Type): ResolverField[] {
  return methodsOf(resolver)
    .filter(isResolved)
    .map((method) => {
      const kind = Reflect.getMetadata(RESOLVER_TYPE, method) as ResolverField['kind'] | undefined;
      const named = Reflect.getMetadata('graphql:resolver_name', method) as unknown;
      const policy = (Reflect.getMetadata(POLICY_KEY, method) ?? Reflect.getMetadata(POLICY_KEY, resolver)) as
        | Policy
        | undefined;
      return {
        where: `${resolver.name}.${method.name}`,
        field: typeof named === 'string' ? named : method.name,
        kind: kind === 'Query' || kind === 'Mutation' || kind === 'Subscription' ? kind : 'field',
        policy: policy ?? null,
      };
    });
}

/** Fields that would refuse everybody because nobody decided who may ask. The build fails while there is one. */
export function unlabelled(resolvers: readonly Type[]): string[] {
  return resolvers
    .flatMap(fieldsOf)
    .filter((field) => field.policy === null)
    .map((field) => field.where);
}

type Method = (...args: never[]) => unknown;

function methodsOf(type: Type): Method[] {
  const prototype: object = type.prototype;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor')
    .map((name): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value)
    .filter((value): value is Method => typeof value === 'function');
}

function isResolved(method: Method): boolean {
  return Reflect.hasMetadata(RESOLVER_TYPE, method) || Reflect.hasMetadata(RESOLVED_PROPERTY, method);
}

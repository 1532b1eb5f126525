import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export interface Measure {
  /** Levels of fields. */
  readonly depth: number;
  /** Objects the operation may load: one per object field, times the page size of every list around it. */
  readonly cost: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

/** A list that takes no `first` is short by nature (environments, roles); this is what it counts as. */
const UNPAGED_LIST = 10;
const NOTHING: Measure = { depth: 0, cost: 0, aliases: 0, rootFields: 0, directives: 0 };

interface Context {
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measured: Map<string, Measure>;
}

function add(a: Measure, b: Measure): Measure {
  return {
    depth: Math.max(a.depth, b.depth),
    cost: a.cost + b.cost,
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    directives: a.directives + b.directives,
  };
}

/**
 * Measures a validated operation (so fragments form no cycle), each fragment once however often it is spread.
 * Nothing is exempt by name: a fragment called `__schema` counts like any other.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const root = schema.getRootType(operation.operation) ?? undefined;
  const measured = measureSelections(
    operation.selectionSet,
    { type: root, isPage: false },
    {
      schema,
      variables,
      fragments,
      measured: new Map(),
    },
  );
  const onDefinitions = document.definitions.reduce(
    (sum, node) => sum + ('directives' in node ? (node.directives?.length ?? 0) : 0),
    0,
  );
  return { ...measured, directives: measured.directives + onDefinitions };
}

/** Where a selection stands: in objects of `type`; `isPage` when these hold the items that a `first` has counted. */
interface Parent {
  readonly type: GraphQLCompositeType | undefined;
  readonly isPage: boolean;
}

function measureSelections(set: SelectionSetNode, parent: Parent, context: Context): Measure {
  return set.selections.reduce((sum, node) => {
    const directives = node.directives?.length ?? 0;
    if (node.kind === Kind.FIELD)
      return add(sum, { ...measureField(node, parent, context, directives), rootFields: 1 });
    const inner =
      node.kind === Kind.INLINE_FRAGMENT
        ? measureSelections(node.selectionSet, narrow(node.typeCondition?.name.value, parent, context), context)
        : measureFragment(node.name.value, parent.isPage, context);
    return add(sum, { ...inner, directives: inner.directives + directives });
  }, NOTHING);
}

function measureFragment(name: string, isPage: boolean, context: Context): Measure {
  const key = `${isPage ? 'page' : 'object'} ${name}`;
  const known = context.measured.get(key);
  if (known) return known;
  const fragment = context.fragments.get(name);
  if (!fragment) return NOTHING;
  const parent = narrow(fragment.typeCondition.name.value, { type: undefined, isPage }, context);
  const measure = measureSelections(fragment.selectionSet, parent, context);
  context.measured.set(key, measure);
  return measure;
}

function narrow(name: string | undefined, parent: Parent, { schema }: Context): Parent {
  if (name === undefined) return parent;
  const type = schema.getType(name);
  return { type: isCompositeType(type) ? type : undefined, isPage: parent.isPage };
}

function measureField(node: FieldNode, parent: Parent, context: Context, directives: number): Measure {
  const own = { aliases: node.alias ? 1 : 0, directives };
  if (!node.selectionSet) return { ...NOTHING, ...own, depth: 1 };
  const { type: holder } = parent;
  const field = isObjectType(holder) || isInterfaceType(holder) ? holder.getFields()[node.name.value] : undefined;
  const type = field && getNamedType(field.type);
  const isList = field !== undefined && isListType(getNullableType(field.type));
  const asked = pageSize(node, context) ?? defaultPageSize(field);
  const inner = measureSelections(
    node.selectionSet,
    { type: isCompositeType(type) ? type : undefined, isPage: asked !== null && !isList },
    context,
  );
  const size = asked ?? (isList && !parent.isPage ? UNPAGED_LIST : 1);
  return {
    depth: inner.depth + 1,
    cost: size * (1 + inner.cost),
    aliases: inner.aliases + own.aliases,
    rootFields: 0,
    directives: inner.directives + own.directives,
  };
}

function pageSize(node: FieldNode, { variables }: Context): number | null {
  const value = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof given === 'number' && given > 0 ? given : null;
}

function defaultPageSize(field: { readonly args: readonly { name: string; defaultValue?: unknown }[] } | undefined) {
  const value = field?.args.find((argument) => argument.name === 'first')?.defaultValue;
  return typeof value === 'number' ? value : null;
}

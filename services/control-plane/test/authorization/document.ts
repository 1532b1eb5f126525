import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isObjectType,
} from 'graphql';

export interface RootField {
  /** `Query.providers` */
  readonly key: string;
  readonly name: string;
  readonly isMutation: boolean;
  /** Asks for every field of the answer, three objects deep. */
  readonly document: string;
  /** Paths of texts among the variables, for example `['input', 'email']`. */
  readonly textPaths: readonly (readonly string[])[];
  /** Names of arguments that are input objects. */
  readonly objects: readonly string[];
}

export function rootFields(schema: GraphQLSchema): RootField[] {
  const types = [schema.getQueryType(), schema.getMutationType()];
  return types.flatMap((type) =>
    type ? Object.values(type.getFields()).map((field) => toRootField(type.name, field)) : [],
  );
}

function toRootField(parent: string, field: GraphQLField<unknown, unknown>): RootField {
  const declared = field.args.map((argument) => `$${argument.name}: ${argument.type.toString()}`).join(', ');
  const passed = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const wrap = (text: string) => (text ? `(${text})` : '');
  return {
    key: `${parent}.${field.name}`,
    name: field.name,
    isMutation: parent === 'Mutation',
    document: `${parent.toLowerCase()} ${wrap(declared)} { ${field.name}${wrap(passed)} ${selectionOf(field.type, 4)} }`,
    textPaths: field.args.flatMap((argument) => textPathsOf(argument.name, getNamedType(argument.type))),
    objects: field.args.filter((argument) => isInputObjectType(getNamedType(argument.type))).map(({ name }) => name),
  };
}

function selectionOf(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) || levels > 1)
    .map((field) => `${field.name} ${selectionOf(field.type, levels - 1)}`.trim());
  return `{ ${fields.join(' ')} }`;
}

function textPathsOf(name: string, type: GraphQLNamedType): string[][] {
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) =>
      textPathsOf(field.name, getNamedType(field.type)).map((path) => [name, ...path]),
    );
  }
  return type.name === 'String' || type.name === 'ID' ? [[name]] : [];
}

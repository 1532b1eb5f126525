import { type JsonObject, objectOf } from '@weir/providers';
import { jsonOf, stringOr } from '../message/make.js';
import type { ToolDefinition } from '../message/message.js';
import { either } from './gemini.js';
import { listOf } from './list-of.js';

/** Tools as the request of any dialect defines them. */
export function toolDefinitions(request: JsonObject): ToolDefinition[] {
  const listed = [...listOf(request.tools), ...listOf(objectOf(request.toolConfig)?.tools)];
  return [...listed.flatMap((each) => definitionsOf(objectOf(each))), ...listOf(request.functions).map(functionOf)];
}

function definitionsOf(tool: JsonObject | null): ToolDefinition[] {
  if (tool === null) return [];
  const declared = either(tool, 'functionDeclarations', 'function_declarations');
  if (Array.isArray(declared)) return declared.map(functionOf);
  const specified = objectOf(tool.toolSpec);
  if (specified !== null) return [functionOf(specified)];
  const nested = objectOf(tool.function) ?? objectOf(tool.custom);
  if (nested !== null) return [functionOf(nested)];
  const type = stringOr(tool.type, null);
  const isFunction = type === null || type === 'function' || type === 'custom';
  if (isFunction && typeof tool.name === 'string') return [functionOf(tool)];
  const name = stringOr(tool.name, type ?? Object.keys(tool)[0] ?? '');
  return [{ type: type ?? name, name, description: stringOr(tool.description, null), parameters: null }];
}

function functionOf(each: unknown): ToolDefinition {
  const tool = objectOf(each) ?? {};
  const schema = tool.parameters ?? tool.input_schema ?? tool.parametersJsonSchema ?? tool.parameters_json_schema;
  const parameters = schema ?? objectOf(tool.inputSchema)?.json ?? tool.format;
  return {
    type: 'function',
    name: stringOr(tool.name, ''),
    description: stringOr(tool.description, null),
    parameters: jsonOf(parameters),
  };
}

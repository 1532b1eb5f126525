import { modelIdProblem } from '../../form/model-ids';

/** What the picker knows of a published model. Rates are USD per 1M tokens; null = none is published. */
export interface PublishedModel {
  readonly id: string;
  readonly displayName: string | null;
  readonly family: string | null;
  readonly contextTokens: number | null;
  readonly capabilities: readonly string[];
  readonly inputUsdPerMillion: string | null;
  readonly outputUsdPerMillion: string | null;
  readonly needsInferenceProfile: boolean;
  readonly profiles: readonly string[];
}

export const VIEWS = ['all', 'chosen', 'discovered'] as const;
export type View = (typeof VIEWS)[number];

export interface Question {
  readonly models: readonly PublishedModel[];
  readonly chosen: readonly string[];
  /** What the upstream itself lists; null = it was not asked. */
  readonly discovered: readonly string[] | null;
  readonly view: View;
  readonly search: string;
  readonly capabilities: readonly string[];
}

export interface Choice {
  readonly kind: 'model';
  readonly id: string;
  /** null: the catalog does not know it. */
  readonly model: PublishedModel | null;
  /** The id of an inference profile under its model. */
  readonly isProfile: boolean;
  /** What was typed, offered as it is. */
  readonly isTyped: boolean;
}

export type PickerRow = { readonly kind: 'heading'; readonly label: string } | Choice;

const OTHER_FAMILY = 'Other';

/** The rows of the picker, in order: what was typed where no id is spelled so, then what fits, by family where that tells models apart. */
export function rowsOf(question: Question): PickerRow[] {
  const { models, search } = question;
  const wanted = search.trim().toLowerCase();
  const choices = byFit(
    choicesOf(question).filter((choice) => fits(choice, wanted, question.capabilities)),
    wanted,
  );
  const typed = search.trim();
  const isSpelledSo = choices.some(({ id }) => id === typed);
  const typedRow: PickerRow[] =
    typed === '' || isSpelledSo || question.view === 'chosen' || modelIdProblem(typed) !== null
      ? []
      : [{ kind: 'model', id: typed, model: null, isProfile: false, isTyped: true }];
  return [...typedRow, ...(isByFamily(models) ? byFamily(choices) : choices)];
}

/** Bedrock's ids begin with prefixes and vendors: families are what people look for there. */
export function isByFamily(models: readonly PublishedModel[]): boolean {
  return models.some(({ profiles }) => profiles.length > 0);
}

function choicesOf({ models, chosen, discovered, view }: Question): Choice[] {
  const known = new Map(models.map((model) => [model.id, model]));
  const ownerOf = new Map(models.flatMap((model) => model.profiles.map((profile) => [profile, model] as const)));
  const choice = (id: string): Choice => ({
    kind: 'model',
    id,
    model: known.get(id) ?? ownerOf.get(id) ?? null,
    isProfile: ownerOf.has(id),
    isTyped: false,
  });
  if (view === 'chosen') return chosen.map(choice);
  if (view === 'discovered') return (discovered ?? []).map(choice);
  const unlisted = chosen.filter((id) => !known.has(id) && !ownerOf.has(id)).map(choice);
  const listed = models
    .filter(({ id }) => !ownerOf.has(id))
    .flatMap((model) => [choice(model.id), ...model.profiles.map(choice)]);
  return [...unlisted, ...listed];
}

function fits({ id, model }: Choice, wanted: string, capabilities: readonly string[]): boolean {
  if (capabilities.length > 0 && !capabilities.every((capability) => model?.capabilities.includes(capability))) {
    return false;
  }
  return `${id}\n${model?.displayName ?? ''}\n${model?.family ?? ''}`.toLowerCase().includes(wanted);
}

/** What is spelled as typed comes first, then what begins so: that is what Enter takes. */
function byFit(choices: readonly Choice[], wanted: string): readonly Choice[] {
  if (wanted === '') return choices;
  const rank = ({ id }: Choice) => {
    const name = id.toLowerCase();
    return name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2;
  };
  return choices.toSorted((a, b) => rank(a) - rank(b));
}

function byFamily(choices: readonly Choice[]): PickerRow[] {
  const families = new Map<string, Choice[]>();
  for (const choice of choices) {
    const family = choice.model?.family ?? OTHER_FAMILY;
    const members = families.get(family);
    if (members) members.push(choice);
    else families.set(family, [choice]);
  }
  return [...families]
    .sort(([a], [b]) => (a === OTHER_FAMILY ? 1 : b === OTHER_FAMILY ? -1 : a.localeCompare(b, 'en')))
    .flatMap(([label, members]) => [{ kind: 'heading', label } as const, ...members]);
}

/** A bare id that the upstream refuses, and what to list in its place, the best one first. */
export interface ProfileFix {
  readonly id: string;
  readonly profiles: readonly string[];
}

export function profileFixes(
  chosen: readonly string[],
  models: readonly PublishedModel[],
  region: string | null,
): ProfileFix[] {
  const bare = new Map(models.filter((model) => model.needsInferenceProfile).map((model) => [model.id, model]));
  return chosen.flatMap((id) => {
    const model = bare.get(id);
    return model ? [{ id, profiles: inOrderFor(model.profiles, region) }] : [];
  });
}

const GEOGRAPHIES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^us-gov-/, ['us-gov.']],
  [/^(us|ca|mx)-/, ['us.']],
  [/^eu-/, ['eu.']],
  [/^ap-northeast-(1|3)$/, ['jp.', 'apac.']],
  [/^ap-southeast-(2|4)$/, ['au.', 'apac.']],
  [/^ap-/, ['apac.']],
];

/** Profiles that can be called from a region come first, then those that route anywhere. */
function inOrderFor(profiles: readonly string[], region: string | null): string[] {
  const near = GEOGRAPHIES.find(([pattern]) => region !== null && pattern.test(region))?.[1] ?? [];
  const rank = (profile: string) => {
    const at = [...near, 'global.'].findIndex((prefix) => profile.startsWith(prefix));
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return profiles.toSorted((a, b) => rank(a) - rank(b));
}

export function toggled(chosen: readonly string[], id: string): string[] {
  return chosen.includes(id) ? chosen.filter((entry) => entry !== id) : [...chosen, id];
}

export function replaced(chosen: readonly string[], id: string, by: string): string[] {
  return [...new Set(chosen.map((entry) => (entry === id ? by : entry)))];
}

import { graphql, type ResultOf } from '@/graphql/graphql';

export const SAVED_VIEWS = graphql(`
  query SavedViews {
    savedViews { id name query shared mine ownerName updatedAt }
  }
`);

export const CREATE_SAVED_VIEW = graphql(`
  mutation CreateSavedView($input: SavedViewInput!) {
    createSavedView(input: $input) { id name query shared mine ownerName updatedAt }
  }
`);

export const UPDATE_SAVED_VIEW = graphql(`
  mutation UpdateSavedView($id: ID!, $input: SavedViewInput!) {
    updateSavedView(id: $id, input: $input) { id name query shared mine ownerName updatedAt }
  }
`);

export const DELETE_SAVED_VIEW = graphql(`
  mutation DeleteSavedView($id: ID!) {
    deleteSavedView(id: $id)
  }
`);

export type SavedView = ResultOf<typeof SAVED_VIEWS>['savedViews'][number];
/** Lists that may be empty name their type: see `useAction`. */
export const OF_VIEWS = { additionalTypenames: ['SavedView'] };

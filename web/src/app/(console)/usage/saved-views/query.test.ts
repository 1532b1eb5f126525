import { expect, test } from 'vitest';
import { appliedView, viewHref, viewQuery } from './query';

const views = [
  { id: 'a', query: 'groupBy=model&range=30d' },
  { id: 'b', query: 'providers=openai%2Cazure' },
];

test('what is open over the figures is not kept, and the order of the address does not matter', () => {
  expect(viewQuery('?range=30d&receipt=total&saved=a&groupBy=model')).toBe('groupBy=model&range=30d');
  expect(viewQuery('providers=openai,azure')).toBe('providers=openai%2Cazure');
});

test('a link to a view opens as that view', () => {
  const href = viewHref({ id: 'a', query: 'groupBy=model&saved=old' });
  expect(href).toBe('/usage?groupBy=model&saved=a');
  expect(appliedView([{ id: 'a', query: 'groupBy=model' }], href.split('?')[1] ?? '')?.isChanged).toBe(false);
});

test('a changed filter is a change to the view the address names', () => {
  expect(appliedView(views, 'saved=a&groupBy=model&range=30d')).toEqual({ view: views[0], isChanged: false });
  expect(appliedView(views, 'saved=a&groupBy=model&range=7d')).toEqual({ view: views[0], isChanged: true });
});

test('without a name the view that shows the same is found, and one that is gone is none', () => {
  expect(appliedView(views, '?providers=openai,azure')).toEqual({ view: views[1], isChanged: false });
  expect(appliedView(views, 'saved=gone&groupBy=app')).toBeNull();
  expect(appliedView([{ id: 'c', query: '' }], '')).toBeNull();
});

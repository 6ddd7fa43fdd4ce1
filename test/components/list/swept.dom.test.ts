import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { describe, expect, it } from 'vitest';
import { swept } from '../../../src/components/list/swept.js';

/** Rows with an expression at their top, whose own comment must survive. */
const list = (ids: readonly number[]) =>
  repeat(
    ids,
    (id) => id,
    (id) => html`${id % 2 === 0 && html`<p>${id}</p>`}`,
  );

const starts = [0, 1, 2, 3, 4, 5, 4, 2, 0, 8];

/** Twice ten windows of three rows each over a long list, there and back. Returns comments and texts after each. */
function churn(show: (list: unknown) => unknown): { comments: number; texts: string }[] {
  const box = document.createElement('div');
  return [...starts, ...starts].map((start) => {
    const ids = [start, start + 1, start + 2];
    render(html`<b></b>${show(list(ids))}<i></i>`, box);
    const comments = [...box.childNodes].filter(({ nodeType }) => nodeType === Node.COMMENT_NODE).length;
    return { comments, texts: [...box.querySelectorAll('p')].map(({ textContent }) => textContent).join(' ') };
  });
}

const texts = ['0 2', '2', '2 4', '4', '4 6', '6', '4 6', '2 4', '0 2', '8 10'];

const most = (steps: readonly { comments: number }[]): number => Math.max(...steps.map(({ comments }) => comments));

describe('a list that is swept', () => {
  it('does not fill with comments, and shows what the list shows', () => {
    const steps = churn(swept);
    expect(steps.map((step) => step.texts)).toEqual([...texts, ...texts]);
    expect(most(steps.slice(starts.length))).toBe(most(steps.slice(0, starts.length)));
  });

  it('would fill without it: when this fails, lit/lit#5298 is mended, and so is the need for it gone', () => {
    const steps = churn((list) => list);
    expect(steps.map((step) => step.texts)).toEqual([...texts, ...texts]);
    expect(most(steps.slice(starts.length))).toBeGreaterThan(most(steps.slice(0, starts.length)));
  });

  it('keeps what is no comment, as the virtualizer puts something there', () => {
    const box = document.createElement('div');
    const show = (ids: readonly number[]) => render(html`<div>${swept(list(ids))}</div>`, box);
    show([0]);
    box.querySelector('div')?.append(document.createElement('i'));
    for (const ids of [[2, 4], [4], []]) {
      show(ids);
      expect(box.textContent).toBe(ids.join(''));
      expect(box.querySelectorAll('i')).toHaveLength(1);
    }
  });

  it('may come and go', () => {
    const box = document.createElement('div');
    for (const ids of [undefined, [0], undefined, [2, 4]]) {
      render(html`${swept(ids && list(ids))}`, box);
      expect(box.textContent).toBe(ids ? ids.join('') : '');
    }
  });
});

import { killTrials } from '../../lifecycle/kill.js';
import { LifecycleCourse } from '../../lifecycle/lifecycle-course.js';
import { seededRandom } from '../../support/seeded-random.js';
import { expect, test } from './lifecycle-test.js';

test('the short form of test:kill (G15): killed right after the bubble was seen, nothing is lost', async ({
  site,
  chromium,
  gateway: _,
}) => {
  const trials = await killTrials({ ...site, chromium }, 6, 1);
  const wrong = trials.filter(({ lost, duplicated, outOfOrder }) => lost + duplicated + outOfOrder > 0);
  expect(wrong).toEqual([]);
});

test('the short form of test:lifecycle (G2): through one fault after the other, nothing is lost', {
  tag: '@long',
}, async ({ site, chromium, gateway: _, userId }) => {
  const course = new LifecycleCourse({ ...site, chromium }, userId('alice'), userId('bob'), seededRandom(3));
  await course.run(30);
  expect(course.problems(true)).toEqual([]);
});

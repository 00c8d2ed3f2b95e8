import { expect, test } from 'vitest';
import readme from '../../README.md?raw';
import example from './example.ts?raw';

test('the example of the README is the one that the compiler checks', () => {
  const [shown] = /(?<=```ts\n).*?(?=```)/s.exec(readme)!;

  expect(example.startsWith(shown)).toBe(true);
});

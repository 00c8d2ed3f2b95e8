import { shortcutKeys } from './shortcuts';

export const ShortcutList = () => (
  <dl class="shortcuts">
    {Object.entries(shortcutKeys).map(([key, meaning]) => (
      <div key={key}>
        <dt><kbd>{key.toUpperCase()}</kbd></dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);

export const Logo = () => (
  <span class="logo"><LogoMark />Roundtable</span>
);

const seats = [[16, 6.8], [16, 25.2], [8, 11.4], [24, 11.4], [8, 20.6], [24, 20.6]];

/** Six seats around a table. */
export const LogoMark = () => (
  <svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" />
    <circle cx="16" cy="16" r="4.6" />
    {seats.map(([x, y]) => <circle key={`${x} ${y}`} cx={x} cy={y} r="2.4" />)}
  </svg>
);

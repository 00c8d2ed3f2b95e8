export const Logo = () => (
  <span class="logo">
    <img src="/favicon.svg" alt="" width="28" height="28" />
    <span>Roundtable</span>
  </span>
);

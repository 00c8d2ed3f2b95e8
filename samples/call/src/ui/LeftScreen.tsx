import type { App } from '../state/app';
import { useFocusOnMount } from './hooks';
import { Logo } from './Logo';

export function LeftScreen({ app }: { app: App }) {
  const heading = useFocusOnMount<HTMLHeadingElement>();
  const rejoin = async () => {
    await app.toLobby();
    await app.join();
  };
  return (
    <main class="left-screen">
      <Logo />
      <h1 ref={heading} tabIndex={-1}>You left the call</h1>
      <p>The others in <strong>{app.room.value}</strong> can go on without you.</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void rejoin()}>Join again</button>
        <button type="button" class="button" onClick={() => void app.toLobby()}>Back to the lobby</button>
      </div>
    </main>
  );
}

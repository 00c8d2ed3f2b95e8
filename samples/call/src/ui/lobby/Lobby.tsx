import type { App } from '../../state/app';
import { DevicePickers } from '../DevicePickers';
import { Logo } from '../Logo';
import { ThemeButton } from '../ThemeButton';
import { JoinForm } from './JoinForm';
import { Preview } from './Preview';

export const Lobby = ({ app }: { app: App }) => (
  <div class="lobby">
    <header class="lobby-header">
      <Logo />
      <ThemeButton />
    </header>
    <main class="lobby-main">
      <section class="lobby-media" aria-label="Your camera and microphone">
        <Preview app={app} />
        <DevicePickers media={app.media} />
      </section>
      <JoinForm app={app} />
    </main>
  </div>
);

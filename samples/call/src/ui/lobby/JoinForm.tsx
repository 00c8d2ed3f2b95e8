import type { App } from '../../state/app';
import { inventRoomName, toRoomId } from '../../state/roomName';
import { IconButton } from '../IconButton';
import { ShuffleIcon } from '../icons';

export function JoinForm({ app }: { app: App }) {
  const joining = app.screen.value === 'joining';
  const submit = (event: Event) => {
    event.preventDefault();
    app.room.value = toRoomId(app.room.value) || inventRoomName();
    app.name.value = app.name.value.trim();
    void app.join();
  };
  return (
    <form class="join" onSubmit={submit}>
      <h1>{app.link.room ? 'Ready to join?' : 'Start a call'}</h1>
      <p class="join-hint">Up to six people, straight from browser to browser. Share the room’s name or its link.</p>
      <Refusal app={app} />
      <div class="field">
        <label for="room">Room</label>
        <span class="field-with-button">
          <input
            id="room" name="room" value={app.room.value} maxLength={64} required autocomplete="off" autocapitalize="none" spellcheck={false} disabled={joining}
            onInput={(event) => (app.room.value = event.currentTarget.value)}
          />
          <IconButton label="Another name" class="tip-start" disabled={joining} onClick={() => (app.room.value = inventRoomName())}><ShuffleIcon /></IconButton>
        </span>
      </div>
      <label class="field">
        <span>Your name</span>
        <input
          name="name" value={app.name.value} maxLength={64} placeholder="How others see you" autocomplete="name" disabled={joining}
          onInput={(event) => (app.name.value = event.currentTarget.value)}
        />
      </label>
      {joining ? <Joining app={app} /> : <button type="submit" class="button primary large">Join the call</button>}
    </form>
  );
}

/** The client tries until it gets through: what is shown says so, and offers a way out. */
const Joining = ({ app }: { app: App }) => (
  <div class="joining">
    <p role="status"><span class="spinner" aria-hidden="true" />{app.retryAt.value === null ? 'Joining…' : 'The service does not answer. Still trying…'}</p>
    <button type="button" class="button" onClick={() => app.cancelJoining()}>Cancel</button>
  </div>
);

const Refusal = ({ app }: { app: App }) => (
  <div role="alert">
    {app.failure.value && (
      <div class="refusal">
        <strong>{app.failure.value.title}</strong>
        <span>{app.failure.value.text}</span>
      </div>
    )}
  </div>
);

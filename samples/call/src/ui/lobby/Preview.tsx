import type { App } from '../../state/app';
import { Avatar } from '../Avatar';
import { CameraButton, MicrophoneButton } from '../MediaButtons';
import { Video } from '../Video';

export function Preview({ app }: { app: App }) {
  const { media } = app;
  const cameraOn = media.cameraOn.value;
  return (
    <div class="preview">
      {cameraOn ? <Video stream={media.local.person} own label="Your camera" /> : (
        <div class="preview-off">
          <Avatar name={app.name.value || '?'} />
          <p>{media.problems.value.camera ? 'You can join without a camera' : 'Your camera is off'}</p>
        </div>
      )}
      <div class="preview-controls">
        <MicrophoneButton media={media} />
        <CameraButton media={media} />
      </div>
    </div>
  );
}

import type { ComponentChildren } from 'preact';

const icon = (children: ComponentChildren) => () => (
  <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
    {children}
  </svg>
);

const slash = <path d="M4 4l16 16" />;
const microphone = <><rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" /></>;
const camera = <><rect x="3" y="6.5" width="12" height="11" rx="2.5" /><path d="M15 11l5.2-3.2a.5.5 0 0 1 .8.4v7.6a.5.5 0 0 1-.8.4L15 13" /></>;

export const MicrophoneIcon = icon(microphone);
export const MicrophoneOffIcon = icon(<>{microphone}{slash}</>);
export const CameraIcon = icon(camera);
export const CameraOffIcon = icon(<>{camera}{slash}</>);
export const ScreenIcon = icon(<><rect x="3" y="4.5" width="18" height="12.5" rx="2.5" /><path d="M8.5 20.5h7M12 13.8V8M9.4 10.3L12 7.7l2.6 2.6" /></>);
export const HandIcon = icon(
  <path d="M7.5 12.5V6.2a1.45 1.45 0 0 1 2.9 0V11m0-6.3a1.45 1.45 0 0 1 2.9 0V11m0-4.8a1.45 1.45 0 0 1 2.9 0V12m0-3.3a1.45 1.45 0 0 1 2.9 0V14c0 4-2.8 7-6.6 7-3 0-4.6-1.4-6-3.9l-2-3.6a1.5 1.5 0 0 1 2.4-1.7l1.5 1.7" />,
);
export const ChatIcon = icon(<path d="M20.5 11.8c0 4.2-3.8 7.4-8.5 7.4-1.1 0-2.2-.2-3.2-.5L4 20.2l1.3-3.7a6.9 6.9 0 0 1-1.8-4.7c0-4.2 3.8-7.5 8.5-7.5s8.5 3.3 8.5 7.5Z" />);
export const ReconnectingIcon = icon(<path d="M20 11.5A8 8 0 0 0 5.6 7.2M4 4v3.6h3.6M4 12.5a8 8 0 0 0 14.4 4.3M20 20v-3.6h-3.6" />);
export const LeaveIcon = icon(<path d="M12 9.2c3.6 0 6.8 1 9 2.8.6.5.7 1.3.4 2l-.8 1.5c-.4.8-1.3 1.1-2.1.8l-2.6-1c-.7-.3-1.1-.9-1.1-1.6v-1.1a11.5 11.5 0 0 0-5.6 0v1.1c0 .7-.4 1.3-1.1 1.6l-2.6 1c-.8.3-1.7 0-2.1-.8L2.6 14c-.3-.7-.2-1.5.4-2 2.2-1.8 5.4-2.8 9-2.8Z" />);
export const LinkIcon = icon(<path d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.6l-1 1M14 10a4.5 4.5 0 0 0-6.4 0l-3 3A4.5 4.5 0 0 0 11 19.4l1-1" />);
export const SunIcon = icon(<><circle cx="12" cy="12" r="4" /><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4" /></>);
export const MoonIcon = icon(<path d="M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2Z" />);
export const SettingsIcon = icon(<><path d="M4 7h9M18 7h2M4 17h2M11 17h9" /><circle cx="15.5" cy="7" r="2.5" /><circle cx="8.5" cy="17" r="2.5" /></>);
export const DebugIcon = icon(<path d="M3 12.5h4l2.5-7 4.5 13 2.5-6H21" />);
export const KeyboardIcon = icon(<><rect x="2.5" y="6" width="19" height="12" rx="2.5" /><path d="M6.5 10h.01M10.2 10h.01M13.8 10h.01M17.5 10h.01M8 14h8" /></>);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />);
export const SendIcon = icon(<path d="M4.5 12L4 5.2a.6.6 0 0 1 .9-.6l15.4 6.9a.6.6 0 0 1 0 1.1L4.9 19.4a.6.6 0 0 1-.9-.6L4.5 12Zm0 0H11" />);
export const PeopleIcon = icon(<><circle cx="9" cy="8.5" r="3.5" /><path d="M2.8 19.5c.6-3.3 3-5.3 6.2-5.3s5.6 2 6.2 5.3M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.8 14.7c1.9.8 3.1 2.4 3.5 4.8" /></>);
export const ShuffleIcon = icon(<path d="M4 7h2.5c1.7 0 3 .9 4 2.4l3 5.2c1 1.5 2.3 2.4 4 2.4H20M4 17h2.5c1.3 0 2.4-.5 3.2-1.4M20 7h-2.5c-1.3 0-2.4.5-3.2 1.4M17.5 4.5L20 7l-2.5 2.5M17.5 14.5L20 17l-2.5 2.5" />);

import type { Device } from './devices';

/** Says in plain words why a device can't be used and what the user can do about it. */
export function describeDeviceProblem(device: Device, error: unknown): string {
  if (!navigator.mediaDevices) {
    return `The browser offers the ${device} only on secure pages: use an https address, or localhost.`;
  }

  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return /system/i.test((error as DOMException).message)
        ? `Your system's privacy settings keep this browser from using the ${device}.`
        : `This page may not use your ${device}. Allow it with the icon in the address bar.`;
    case 'NotFoundError':
      return `No ${device} was found. Plug one in, or go on without.`;
    case 'NotReadableError':
    case 'AbortError':
      return `Your ${device} is busy: another app may be using it. Close that app and try again.`;
    default:
      return `Your ${device} could not be started. Try again, or choose another one.`;
  }
}

export const unpluggedProblem = (device: Device): string => `Your ${device} was disconnected.`;

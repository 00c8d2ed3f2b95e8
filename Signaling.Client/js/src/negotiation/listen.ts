/** Attaches a handler to a connection; the function returned detaches it. */
export function listen<Type extends keyof RTCPeerConnectionEventMap>(
  pc: RTCPeerConnection,
  type: Type,
  handler: (event: RTCPeerConnectionEventMap[Type]) => void,
): () => void {
  pc.addEventListener(type, handler);
  return () => pc.removeEventListener(type, handler);
}

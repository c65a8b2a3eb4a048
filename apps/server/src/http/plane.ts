/** Under this token controllers are handed the control plane. */
export const PLANE = Symbol('ControlPlane');

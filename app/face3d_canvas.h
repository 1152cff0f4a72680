#pragma once
// The 3D head as the canvas of a pane. Belongs to the program alone: emc_app and its tests need no graphics driver.
#include "app/pages/explore/face_canvas.h"

namespace emc {

// All canvases made by one factory share one renderer; each has a camera of its own, which the page keeps equal when
// asked to.
FaceCanvasFactory face3DFactory();

} // namespace emc

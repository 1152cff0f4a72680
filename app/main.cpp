// emc-studio: the window, with the real core behind it.
#include <chrono>

#include "app/studio.h"
#include "core/backend/studio_backend.h"

#ifdef EMC_WITH_FACE3D
#include "app/face3d_canvas.h"
#endif

int main(int argc, char** argv) {
    const auto start = std::chrono::steady_clock::now();
#ifdef EMC_WITH_FACE3D
    const emc::FaceCanvasFactory canvas = emc::face3DFactory();
#else
    const emc::FaceCanvasFactory canvas;
#endif
    return emc::runStudio(
        argc, argv, start, [] { return emc::makeStudioBackend(); }, canvas);
}

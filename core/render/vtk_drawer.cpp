#include "core/render/vtk_drawer.h"

#include <vtkActor.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkCullerCollection.h>
#include <vtkFloatArray.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLPolyDataMapper.h>
#include <vtkOpenGLState.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>
#include <vtk_glew.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>
#include <numbers>

#include "core/api/error.h"
#include "core/render/gl_context.h"

namespace emc {

namespace {

// VTK's object factories and GL loader are process-wide and not made for several threads.
std::mutex& drawing() {
    static std::mutex mutex;
    return mutex;
}

// The GL loader of VTK reports "no GLX display" on EGL although it has loaded every entry point.
class EglWindow : public vtkGenericOpenGLRenderWindow {
public:
    static EglWindow* New();
    vtkTypeMacro(EglWindow, vtkGenericOpenGLRenderWindow);
    void OpenGLInitContext() override {
        const bool first = !this->Initialized;
        const int warnings = vtkObject::GetGlobalWarningDisplay();
        vtkObject::GlobalWarningDisplayOff();
        vtkGenericOpenGLRenderWindow::OpenGLInitContext();
        vtkObject::SetGlobalWarningDisplay(warnings);
        if (first) {
            this->GlewInitValid = true;
            this->Initialized = true;
            this->MaximumHardwareLineWidth = 1;
        }
    }
};
vtkStandardNewMacro(EglWindow);

void onMakeCurrent(vtkObject*, unsigned long, void* client, void*) {
    static_cast<GlContext*>(client)->makeCurrent();
}
void onIsCurrent(vtkObject*, unsigned long, void* client, void* answer) {
    *static_cast<bool*>(answer) = static_cast<GlContext*>(client)->isCurrent();
}
void onAlwaysYes(vtkObject*, unsigned long, void*, void* answer) {
    *static_cast<int*>(answer) = 1;
}

void observe(vtkObject* window, unsigned long event, void (*callback)(vtkObject*, unsigned long, void*, void*),
             GlContext* context) {
    vtkNew<vtkCallbackCommand> command;
    command->SetCallback(callback);
    command->SetClientData(context);
    window->AddObserver(event, command);
}

// The mesh on the GPU. Light is already in its colours (head_shading.h), so the shader only interpolates them.
struct Mesh {
    vtkNew<vtkPoints> points;
    vtkNew<vtkFloatArray> positions;
    vtkNew<vtkUnsignedCharArray> colours;
    vtkNew<vtkPolyData> data;
    vtkNew<vtkOpenGLPolyDataMapper> mapper;
    vtkNew<vtkActor> actor;

    void build(const HeadModel& head) {
        positions->SetNumberOfComponents(3), positions->SetNumberOfTuples(head.vertexCount());
        colours->SetNumberOfComponents(4),
            colours->SetNumberOfTuples(head.vertexCount()); // four bytes: used as they are, three would be copied
        std::fill_n(positions->GetPointer(0), positions->GetNumberOfValues(), 0.f);
        std::fill_n(colours->GetPointer(0), colours->GetNumberOfValues(), std::uint8_t{0});
        vtkNew<vtkCellArray> cells;
        const auto triangles = head.triangles();
        for (std::size_t f = 0; f + 2 < triangles.size(); f += 3) {
            const vtkIdType ids[3] = {triangles[f], triangles[f + 1], triangles[f + 2]};
            cells->InsertNextCell(3, ids);
        }
        points->SetData(positions);
        data->SetPoints(points), data->SetPolys(cells), data->GetPointData()->SetScalars(colours);
        mapper->SetInputData(data);
        mapper->SetVBOShiftScaleMethod(0); // 0 = off: the numbers are small, and scaling would touch every one of them
        mapper->SetColorModeToDirectScalars();
        mapper->SetScalarModeToUsePointData();
        mapper->SetStatic(1); // its input is no pipeline
        actor->SetMapper(mapper);
        vtkProperty* property = actor->GetProperty();
        property->LightingOff();
        property->SetInterpolationToGouraud();
        property->SetAmbient(0), property->SetDiffuse(1), property->SetSpecular(0);
        property->BackfaceCullingOn(); // 40 % less work for a software renderer
        actor->ForceOpaqueOn();        // without it every alpha is looked at
    }
    // Both upload only what differs from the last frame: a paused face that is turned by the mouse keeps its positions.
    void move(const std::vector<float>& xyz) {
        if (std::memcmp(positions->GetPointer(0), xyz.data(), xyz.size() * sizeof(float)) == 0) return;
        std::memcpy(positions->GetPointer(0), xyz.data(), xyz.size() * sizeof(float));
        positions->Modified(), points->Modified(), data->Modified();
    }
    void paint(const std::vector<std::uint8_t>& rgba) {
        if (std::memcmp(colours->GetPointer(0), rgba.data(), rgba.size()) == 0) return;
        std::memcpy(colours->GetPointer(0), rgba.data(), rgba.size());
        colours->Modified(), data->Modified();
    }
};

} // namespace

struct VtkDrawer::Impl {
    GlContext context;
    vtkNew<EglWindow> window;
    vtkNew<vtkRenderer> renderer;
    Mesh mesh;

    void setUp(const HeadModel& head) {
        mesh.build(head);
        renderer->AddActor(mesh.actor);
        renderer->AutomaticLightCreationOff();
        renderer->GetCullers()->RemoveAllItems(); // one actor that is always in sight: its bounds need not be searched
        renderer->UseFXAAOff(), renderer->UseDepthPeelingOff();
        window->SetOwnContext(0);
        window->SetReadyForRendering(true);
        window->SetFrameBlitModeToNoBlit();
        window->SetMultiSamples(context.software() ? 0 : 4);
        observe(window, vtkCommand::WindowMakeCurrentEvent, onMakeCurrent, &context);
        observe(window, vtkCommand::WindowIsCurrentEvent, onIsCurrent, &context);
        observe(window, vtkCommand::WindowSupportsOpenGLEvent, onAlwaysYes, &context);
        observe(window, vtkCommand::WindowIsDirectEvent, onAlwaysYes, &context);
        window->AddRenderer(renderer);
        window->SetForceMaximumHardwareLineWidth(1);
        context.makeCurrent();
        window->OpenGLInitContext();
        context.release();
    }

    void aim(const HeadView& view) {
        vtkCamera* camera = renderer->GetActiveCamera();
        camera->SetViewAngle(2 * view.halfLens * 180 / std::numbers::pi);
        camera->SetFocalPoint(view.target.data());
        camera->SetPosition(view.eye.data());
        camera->SetViewUp(view.axes.up.data());
        camera->SetClippingRange(view.near, view.far);
    }

    void read(int w, int h, std::vector<std::uint8_t>& out) {
        out.resize(static_cast<std::size_t>(w) * h * 3);
        vtkOpenGLState* state = window->GetState();
        state->PushReadFramebufferBinding();
        vtkOpenGLFramebufferObject* frame = window->GetDisplayFramebuffer();
        frame->Bind(GL_READ_FRAMEBUFFER);
        frame->ActivateReadBuffer(0);
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, w, h, GL_RGB, GL_UNSIGNED_BYTE, out.data());
        state->PopReadFramebufferBinding();
        const std::size_t row = static_cast<std::size_t>(w) * 3;
        for (int y = 0; y < h / 2; ++y)
            std::swap_ranges(out.begin() + y * row, out.begin() + (y + 1) * row,
                             out.begin() + (h - 1 - y) * row); // GL counts from below
    }
};

VtkDrawer::VtkDrawer(const HeadModel& head) {
    std::lock_guard lock(drawing());
    m = std::make_unique<Impl>();
    m->setUp(head);
}

VtkDrawer::~VtkDrawer() {
    std::lock_guard lock(drawing());
    try {
        m->context.makeCurrent();
        m->window->Finalize();
        m->context.release();
    } catch (const Error&) { // a lost context has nothing left to free
    }
    m.reset();
}

const std::string& VtkDrawer::device() const {
    return m->context.device();
}
bool VtkDrawer::software() const {
    return m->context.software();
}

void VtkDrawer::draw(const HeadView& view, const std::vector<float>& xyz, const std::vector<std::uint8_t>& rgba,
                     std::array<std::uint8_t, 3> background, int width, int height, std::vector<std::uint8_t>& rgb) {
    std::lock_guard lock(drawing());
    m->aim(view);
    m->mesh.move(xyz), m->mesh.paint(rgba);
    m->renderer->SetBackground(background[0] / 255.0, background[1] / 255.0, background[2] / 255.0);
    m->context.makeCurrent();
    const int* size = m->window->GetSize();
    if (size[0] != width || size[1] != height) m->window->SetSize(width, height);
    m->window->Render();
    m->read(width, height, rgb);
    m->context.release();
}

} // namespace emc

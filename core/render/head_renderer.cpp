#include "core/render/head_renderer.h"

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
#include "core/render/head_shading.h"
#include "core/render/render_colours.h"

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

struct HeadRenderer::Impl {
    std::shared_ptr<const HeadModel> head;
    GlContext context;
    vtkNew<EglWindow> window;
    vtkNew<vtkRenderer> renderer;
    Mesh mesh;
    CameraAxes axes{};
    int width = 0, height = 0;
    std::vector<float> xyz, normals, person, moved, rest;
    std::vector<float> personIdentity;
    bool personValid = false;
    std::vector<std::uint8_t> colours, rgba, big;

    explicit Impl(std::shared_ptr<const HeadModel> model) : head(std::move(model)) {}

    // What one call found and the next may keep: the neutral face of the person.
    const std::vector<float>& neutralOf(const std::vector<float>& identity) {
        if (!personValid || identity != personIdentity) {
            person = head->neutral(identity);
            personIdentity = identity;
            personValid = true;
        }
        return person;
    }

    void setUp() {
        mesh.build(*head);
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

    void aim(const HeadCamera& camera) {
        // Everything of a head at rest: from the crown to well below the chin, and both ears when the view is narrow.
        constexpr double kAimY = -3.4, kAimZ = 4.6, kHalfHeight = 16.2, kHalfWidth = 11.6,
                         kHalfLens = 10 * std::numbers::pi / 180;
        const double aspect = static_cast<double>(width) / height;
        const double half = std::max(kHalfHeight, kHalfWidth / aspect) / std::clamp(camera.zoom, .2, 6.0);
        const double distance = half / std::tan(kHalfLens);
        const double a = camera.azimuth * std::numbers::pi / 180,
                     e = std::clamp(camera.elevation, -80.0, 80.0) * std::numbers::pi / 180;
        const double out[3] = {-std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)};
        const double right[3] = {std::cos(a), 0, std::sin(a)};
        const double up[3] = {out[1] * right[2] - out[2] * right[1], out[2] * right[0] - out[0] * right[2],
                              out[0] * right[1] - out[1] * right[0]};
        double target[3] = {0, kAimY, kAimZ};
        // A head in a wide or narrow view keeps its place; closer views aim at the face itself.
        target[1] += 1.2 * std::clamp(camera.zoom - 1, 0.0, 1.0);
        for (int i = 0; i < 3; ++i) target[i] -= camera.shiftX * right[i] + camera.shiftY * up[i];
        vtkCamera* view = renderer->GetActiveCamera();
        view->SetViewAngle(2 * kHalfLens * 180 / std::numbers::pi);
        view->SetFocalPoint(target);
        view->SetPosition(target[0] + distance * out[0], target[1] + distance * out[1], target[2] + distance * out[2]);
        view->SetViewUp(up);
        view->SetRoll(view->GetRoll() + camera.roll);
        view->SetClippingRange(std::max(5.0, distance - 40), distance + 40);
        // Light follows the camera as the picture shows it, roll included.
        const double turn = camera.roll * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
        for (std::size_t i = 0; i < 3; ++i)
            axes.right[i] = c * right[i] + s * up[i], axes.up[i] = c * up[i] - s * right[i], axes.out[i] = out[i];
    }

    void colour(std::span<const float> coeffs, const RenderStyle& style, std::span<const float> reference) {
        const auto painted = head->colours();
        const auto eyeball = head->eyeball();
        colours.assign(painted.begin(), painted.end());
        if (style.heatMap) {
            std::array<float, kCoeffDims> here{}, there{};
            std::copy_n(coeffs.begin(), kShapeDims, here.begin());
            if (!reference.empty()) std::copy_n(reference.begin(), kShapeDims, there.begin());
            head->verticesFromCoeffs(here, moved);
            head->verticesFromCoeffs(there, rest);
            const double limitCm = std::max(.01, style.heatLimitMm) / 10;
            for (std::size_t v = 0; v < eyeball.size(); ++v) {
                const double dx = moved[v * 3] - rest[v * 3], dy = moved[v * 3 + 1] - rest[v * 3 + 1],
                             dz = moved[v * 3 + 2] - rest[v * 3 + 2];
                const auto rgb = distanceColour(std::sqrt(dx * dx + dy * dy + dz * dz) / limitCm);
                std::copy(rgb.begin(), rgb.end(), colours.begin() + static_cast<std::ptrdiff_t>(v) * 3);
            }
        } else if (style.skin != std::array<float, 3>{1, 1, 1}) {
            for (std::size_t v = 0; v < eyeball.size(); ++v)
                if (!eyeball[v])
                    for (std::size_t c = 0; c < 3; ++c)
                        colours[v * 3 + c] = static_cast<std::uint8_t>(
                            std::clamp(std::lround(painted[v * 3 + c] * style.skin[c]), 0l, 255l));
        }
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

HeadRenderer::HeadRenderer(int width, int height, std::shared_ptr<const HeadModel> head) {
    if (!head) head = HeadModel::loadDefault();
    std::lock_guard lock(drawing());
    m = std::make_unique<Impl>(std::move(head));
    m->setUp();
    resize(width, height);
}

HeadRenderer::~HeadRenderer() {
    std::lock_guard lock(drawing());
    try {
        m->context.makeCurrent();
        m->window->Finalize();
        m->context.release();
    } catch (const Error&) { // a lost context has nothing left to free
    }
    m.reset();
}

void HeadRenderer::resize(int width, int height) {
    if (std::min(width, height) < 16 || std::max(width, height) > 8192)
        throw Error(ErrorKind::Usage,
                    "a picture of " + std::to_string(width) + " x " + std::to_string(height) +
                        " pixels cannot be drawn",
                    {}, "Each side may have 16 to 8192 pixels");
    m->width = width, m->height = height;
}

int HeadRenderer::width() const {
    return m->width;
}
int HeadRenderer::height() const {
    return m->height;
}
const HeadModel& HeadRenderer::head() const {
    return *m->head;
}
const std::string& HeadRenderer::device() const {
    return m->context.device();
}
bool HeadRenderer::software() const {
    return m->context.software();
}

void HeadRenderer::render(std::span<const float> coeffs, const RenderStyle& style, std::vector<std::uint8_t>& rgb,
                          std::span<const float> reference) {
    if (coeffs.size() != kCoeffDims || (!reference.empty() && reference.size() != kCoeffDims))
        throw Error(ErrorKind::Internal,
                    "a head is drawn from 58 coefficients, " + std::to_string(coeffs.size()) + " were given");
    m->head->verticesFromNeutral(m->neutralOf(style.identity), coeffs, m->xyz);
    m->head->normals(m->xyz, m->normals);
    m->colour(coeffs, style, reference);
    m->rgba.resize(m->colours.size() / 3 * 4);

    const int scale = style.still && std::max(m->width, m->height) <= 4096 ? 2 : 1;
    const int w = m->width * scale, h = m->height * scale;
    std::lock_guard lock(drawing());
    m->aim(style.camera);
    shadeHead(headLights(style, m->axes), m->normals, m->colours, m->head->eyeball(), m->rgba);
    m->mesh.move(m->xyz), m->mesh.paint(m->rgba);
    m->renderer->SetBackground(style.background[0] / 255.0, style.background[1] / 255.0, style.background[2] / 255.0);
    m->context.makeCurrent();
    const int* size = m->window->GetSize();
    if (size[0] != w || size[1] != h) m->window->SetSize(w, h);
    m->window->Render();
    m->read(w, h, scale == 1 ? rgb : m->big);
    m->context.release();
    if (scale == 1) return;
    rgb.resize(static_cast<std::size_t>(m->width) * m->height * 3);
    const std::size_t row = static_cast<std::size_t>(w) * 3;
    for (int y = 0; y < m->height; ++y)
        for (int x = 0; x < m->width; ++x)
            for (int c = 0; c < 3; ++c) {
                const std::uint8_t* p =
                    m->big.data() + static_cast<std::size_t>(y) * 2 * row + static_cast<std::size_t>(x) * 6 + c;
                rgb[(static_cast<std::size_t>(y) * m->width + x) * 3 + c] =
                    static_cast<std::uint8_t>((p[0] + p[3] + p[row] + p[row + 3] + 2) / 4);
            }
}

} // namespace emc

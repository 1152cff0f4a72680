#include "core/render/head_renderer.h"

#include <vtkActor.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkIdTypeArray.h>
#include <vtkLight.h>
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

void onMakeCurrent(vtkObject*, unsigned long, void* client, void*) { static_cast<GlContext*>(client)->makeCurrent(); }
void onIsCurrent(vtkObject*, unsigned long, void* client, void* answer) { *static_cast<bool*>(answer) = static_cast<GlContext*>(client)->isCurrent(); }
void onAlwaysYes(vtkObject*, unsigned long, void*, void* answer) { *static_cast<int*>(answer) = 1; }

void observe(vtkObject* window, unsigned long event, void (*callback)(vtkObject*, unsigned long, void*, void*), GlContext* context) {
    vtkNew<vtkCallbackCommand> command;
    command->SetCallback(callback);
    command->SetClientData(context);
    window->AddObserver(event, command);
}

// A contiguous range of the head's vertices with the triangles that use them.
struct Part {
    vtkNew<vtkPoints> points;
    vtkNew<vtkFloatArray> positions, normals;
    vtkNew<vtkUnsignedCharArray> colours;
    vtkNew<vtkPolyData> mesh;
    vtkNew<vtkOpenGLPolyDataMapper> mapper;
    vtkNew<vtkActor> actor;
    int begin = 0, count = 0;

    void build(const HeadModel& head, int from, int to) {
        begin = from, count = to - from;
        for (vtkFloatArray* array : {positions.Get(), normals.Get()}) array->SetNumberOfComponents(3), array->SetNumberOfTuples(count);
        colours->SetNumberOfComponents(3), colours->SetNumberOfTuples(count);
        normals->SetName("Normals");
        vtkNew<vtkCellArray> cells;
        const auto triangles = head.triangles();
        for (std::size_t f = 0; f + 2 < triangles.size(); f += 3) {
            if (triangles[f] < from || triangles[f] >= to) continue;
            const vtkIdType ids[3] = {triangles[f] - from, triangles[f + 1] - from, triangles[f + 2] - from};
            cells->InsertNextCell(3, ids);
        }
        points->SetData(positions);
        mesh->SetPoints(points), mesh->SetPolys(cells);
        mesh->GetPointData()->SetNormals(normals), mesh->GetPointData()->SetScalars(colours);
        mapper->SetInputData(mesh);
        mapper->SetVBOShiftScaleMethod(0); // 0 = off: the numbers are small, and scaling would touch every one of them
        mapper->SetColorModeToDirectScalars();
        mapper->SetScalarModeToUsePointData();
        mapper->SetStatic(0);
        actor->SetMapper(mapper);
        actor->GetProperty()->SetInterpolationToPhong();
        actor->GetProperty()->BackfaceCullingOn(); // 40 % less work for a software renderer
    }
    void update(const std::vector<float>& xyz, const std::vector<float>& directions) {
        const std::size_t bytes = static_cast<std::size_t>(count) * 3 * sizeof(float), first = static_cast<std::size_t>(begin) * 3;
        std::memcpy(positions->GetPointer(0), xyz.data() + first, bytes);
        std::memcpy(normals->GetPointer(0), directions.data() + first, bytes);
        positions->Modified(), normals->Modified(), points->Modified(), mesh->Modified();
    }
    void paint(const std::vector<std::uint8_t>& rgb) {
        std::memcpy(colours->GetPointer(0), rgb.data() + static_cast<std::size_t>(begin) * 3, static_cast<std::size_t>(count) * 3);
        colours->Modified(), mesh->Modified();
    }
};

struct Rgb {
    double r, g, b;
};

// Position of a light in camera axes: x right, y up, z towards the viewer.
void placeLight(vtkLight* light, double azimuth, double elevation, double strength, Rgb colour) {
    const double a = azimuth * std::numbers::pi / 180, e = elevation * std::numbers::pi / 180;
    light->SetLightTypeToCameraLight();
    light->SetPosition(std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e));
    light->SetFocalPoint(0, 0, 0);
    light->SetIntensity(strength);
    light->SetColor(colour.r, colour.g, colour.b);
}

} // namespace

struct HeadRenderer::Impl {
    std::shared_ptr<const HeadModel> head;
    GlContext context;
    vtkNew<EglWindow> window;
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkLight> key, fill, rim, front;
    Part skin, eyes;
    int width = 0, height = 0;
    std::vector<float> xyz, normals, person, moved, rest;
    std::vector<float> personIdentity;
    bool personValid = false;
    std::vector<std::uint8_t> colours, wanted, big;
    float chinY = 0, topY = 0;

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
        const auto eyeball = head->eyeball();
        int split = head->vertexCount();
        while (split > 0 && eyeball[static_cast<std::size_t>(split - 1)]) --split; // the eyeballs are the last vertices
        skin.build(*head, 0, split);
        eyes.build(*head, split, head->vertexCount());
        skin.actor->GetProperty()->SetSpecular(.10), skin.actor->GetProperty()->SetSpecularPower(16);
        eyes.actor->GetProperty()->SetSpecular(.55), eyes.actor->GetProperty()->SetSpecularPower(70);
        renderer->AddActor(skin.actor), renderer->AddActor(eyes.actor);
        renderer->AutomaticLightCreationOff();
        renderer->SetAmbient(0, 0, 0);
        for (vtkLight* light : {key.Get(), fill.Get(), rim.Get(), front.Get()}) renderer->AddLight(light);
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
        constexpr double kAimY = -3.4, kAimZ = 4.6, kHalfHeight = 16.2, kHalfWidth = 11.6, kHalfLens = 10 * std::numbers::pi / 180;
        const double aspect = static_cast<double>(width) / height;
        const double half = std::max(kHalfHeight, kHalfWidth / aspect) / std::clamp(camera.zoom, .2, 6.0);
        const double distance = half / std::tan(kHalfLens);
        const double a = camera.azimuth * std::numbers::pi / 180, e = std::clamp(camera.elevation, -80.0, 80.0) * std::numbers::pi / 180;
        const double out[3] = {-std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)};
        const double right[3] = {std::cos(a), 0, std::sin(a)};
        const double up[3] = {out[1] * right[2] - out[2] * right[1], out[2] * right[0] - out[0] * right[2], out[0] * right[1] - out[1] * right[0]};
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
    }

    void light(const RenderStyle& style) {
        // Heat map: light at 75 %, so that colour is read and not shading.
        const double all = std::clamp(style.brightness, 0.0, 3.0) * (style.heatMap ? .75 : 1);
        const double w = std::clamp(style.warmth, -1.0, 1.0) * .12;
        const Rgb warm{1, .955 - .3 * w, .89 - w}, cool{.84 + w, .92, 1}, white{1, 1, 1};
        placeLight(key, style.keyAzimuth, style.keyElevation, .72 * all, style.heatMap ? white : warm);
        placeLight(fill, style.keyAzimuth < 0 ? 55 : -55, 8, .34 * all, style.heatMap ? white : cool);
        placeLight(rim, style.keyAzimuth < 0 ? 150 : -150, 38, .55 * all, white);
        placeLight(front, 0, 0, .22 * all, white);
        for (Part* part : {&skin, &eyes}) {
            vtkProperty* property = part->actor->GetProperty();
            property->SetAmbient(style.heatMap ? .42 : .24 * std::clamp(style.brightness, 0.0, 3.0));
            property->SetDiffuse(1);
        }
        skin.actor->GetProperty()->SetSpecular(style.heatMap ? .02 : .10);
        eyes.actor->GetProperty()->SetSpecular(style.heatMap ? .02 : .55);
        renderer->SetBackground(style.background[0] / 255.0, style.background[1] / 255.0, style.background[2] / 255.0);
    }

    void colour(std::span<const float> coeffs, const RenderStyle& style, std::span<const float> reference) {
        const auto painted = head->colours();
        const auto eyeball = head->eyeball();
        wanted.assign(painted.begin(), painted.end());
        if (style.heatMap) {
            std::array<float, kCoeffDims> here{}, there{};
            std::copy_n(coeffs.begin(), kShapeDims, here.begin());
            if (!reference.empty()) std::copy_n(reference.begin(), kShapeDims, there.begin());
            head->verticesFromCoeffs(here, moved);
            head->verticesFromCoeffs(there, rest);
            const double limitCm = std::max(.01, style.heatLimitMm) / 10;
            for (std::size_t v = 0; v < eyeball.size(); ++v) {
                const double dx = moved[v * 3] - rest[v * 3], dy = moved[v * 3 + 1] - rest[v * 3 + 1], dz = moved[v * 3 + 2] - rest[v * 3 + 2];
                const auto rgb = distanceColour(std::sqrt(dx * dx + dy * dy + dz * dz) / limitCm);
                std::copy(rgb.begin(), rgb.end(), wanted.begin() + static_cast<std::ptrdiff_t>(v) * 3);
            }
        } else if (style.skin != std::array<float, 3>{1, 1, 1}) {
            for (std::size_t v = 0; v < eyeball.size(); ++v)
                if (!eyeball[v])
                    for (std::size_t c = 0; c < 3; ++c) wanted[v * 3 + c] = static_cast<std::uint8_t>(std::clamp(std::lround(painted[v * 3 + c] * style.skin[c]), 0l, 255l));
        }
        if (wanted == colours) return; // colours are uploaded only when they change
        colours.swap(wanted);
        skin.paint(colours), eyes.paint(colours);
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
        for (int y = 0; y < h / 2; ++y) std::swap_ranges(out.begin() + y * row, out.begin() + (y + 1) * row, out.begin() + (h - 1 - y) * row); // GL counts from below
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
        throw Error(ErrorKind::Usage, "a picture of " + std::to_string(width) + " x " + std::to_string(height) + " pixels cannot be drawn", {}, "Each side may have 16 to 8192 pixels");
    m->width = width, m->height = height;
}

int HeadRenderer::width() const { return m->width; }
int HeadRenderer::height() const { return m->height; }
const HeadModel& HeadRenderer::head() const { return *m->head; }
const std::string& HeadRenderer::device() const { return m->context.device(); }
bool HeadRenderer::software() const { return m->context.software(); }

void HeadRenderer::render(std::span<const float> coeffs, const RenderStyle& style, std::vector<std::uint8_t>& rgb, std::span<const float> reference) {
    if (coeffs.size() != kCoeffDims || (!reference.empty() && reference.size() != kCoeffDims))
        throw Error(ErrorKind::Internal, "a head is drawn from 58 coefficients, " + std::to_string(coeffs.size()) + " were given");
    m->head->verticesFromNeutral(m->neutralOf(style.identity), coeffs, m->xyz);
    m->head->normals(m->xyz, m->normals);
    m->colour(coeffs, style, reference);
    m->skin.update(m->xyz, m->normals), m->eyes.update(m->xyz, m->normals);

    const int scale = style.still && std::max(m->width, m->height) <= 4096 ? 2 : 1;
    const int w = m->width * scale, h = m->height * scale;
    std::lock_guard lock(drawing());
    m->context.makeCurrent();
    m->aim(style.camera);
    m->light(style);
    m->window->SetSize(w, h);
    m->window->Render();
    m->read(w, h, scale == 1 ? rgb : m->big);
    m->context.release();
    if (scale == 1) return;
    rgb.resize(static_cast<std::size_t>(m->width) * m->height * 3);
    const std::size_t row = static_cast<std::size_t>(w) * 3;
    for (int y = 0; y < m->height; ++y)
        for (int x = 0; x < m->width; ++x)
            for (int c = 0; c < 3; ++c) {
                const std::uint8_t* p = m->big.data() + static_cast<std::size_t>(y) * 2 * row + static_cast<std::size_t>(x) * 6 + c;
                rgb[(static_cast<std::size_t>(y) * m->width + x) * 3 + c] = static_cast<std::uint8_t>((p[0] + p[3] + p[row] + p[row + 3] + 2) / 4);
            }
}

} // namespace emc

#include "core/render/gl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "core/api/error.h"

namespace emc {

struct GlContext::Egl {
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;

    bool open(EGLDisplay candidate) {
        if (candidate == EGL_NO_DISPLAY || !eglInitialize(candidate, nullptr, nullptr)) return false;
        if (!eglBindAPI(EGL_OPENGL_API)) return false;
        const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
        EGLConfig config = EGL_NO_CONFIG_KHR;
        EGLint count = 0;
        if (!eglChooseConfig(candidate, wanted, &config, 1, &count) || count == 0) config = EGL_NO_CONFIG_KHR;
        const EGLint version[] = {
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        const EGLContext made = eglCreateContext(candidate, config, EGL_NO_CONTEXT, version);
        if (made == EGL_NO_CONTEXT) return false;
        if (!eglMakeCurrent(candidate, EGL_NO_SURFACE, EGL_NO_SURFACE, made)) {
            eglDestroyContext(candidate, made);
            return false;
        }
        display = candidate, context = made;
        return true;
    }
};

namespace {

std::vector<EGLDeviceEXT> devices() {
    const auto queryDevices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
    std::vector<EGLDeviceEXT> found(16);
    EGLint count = 0;
    if (!queryDevices || !queryDevices(static_cast<EGLint>(found.size()), found.data(), &count)) count = 0;
    found.resize(static_cast<std::size_t>(std::max(0, count)));
    return found;
}

std::vector<EGLDisplay> candidates() {
    std::vector<EGLDisplay> displays;
    const auto platformDisplay =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (!platformDisplay) return displays;
    displays.push_back(platformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    for (const EGLDeviceEXT device : devices())
        displays.push_back(platformDisplay(EGL_PLATFORM_DEVICE_EXT, device, nullptr));
    return displays;
}

std::string currentDevice() {
    using GetString = const unsigned char* (*)(unsigned);
    constexpr unsigned kGlRenderer = 0x1F01;
    const auto getString = reinterpret_cast<GetString>(eglGetProcAddress("glGetString"));
    const unsigned char* name = getString ? getString(kGlRenderer) : nullptr;
    return name ? reinterpret_cast<const char*>(name) : "";
}

bool isSoftware(const std::string& device) {
    return device.find("llvmpipe") != std::string::npos || device.find("softpipe") != std::string::npos ||
           device.find("swrast") != std::string::npos;
}

} // namespace

bool GlContext::anyGpu() {
    static const bool found = [] {
        const auto describe =
            reinterpret_cast<PFNEGLQUERYDEVICESTRINGEXTPROC>(eglGetProcAddress("eglQueryDeviceStringEXT"));
        const auto all = devices();
        return describe && std::any_of(all.begin(), all.end(), [&](EGLDeviceEXT device) {
                   const char* extensions = describe(device, EGL_EXTENSIONS);
                   return !extensions || !std::strstr(extensions, "EGL_MESA_device_software");
               });
    }();
    return found;
}

GlContext::GlContext() : m_egl(std::make_unique<Egl>()) {
    bool opened = false;
    const bool gpu = anyGpu();
    for (const EGLDisplay display : candidates()) {
        Egl next;
        if (!next.open(display)) continue;
        const std::string device = currentDevice();
        const bool software = isSoftware(device);
        if (opened && software) {
            eglDestroyContext(next.display, next.context);
            continue;
        }
        if (opened) eglDestroyContext(m_egl->display, m_egl->context);
        *m_egl = next, m_device = device, m_software = software, opened = true;
        if (!software || !gpu) break;
    }
    if (!opened)
        throw Error(ErrorKind::Unsupported, "no OpenGL 3.2 context can be made", "EGL",
                    "Install Mesa's software driver (libgl1-mesa-dri) or the graphics driver of this machine");
    release();
}

GlContext::~GlContext() {
    if (isCurrent()) release();
    // The display is shared by all contexts of the process, so it stays initialised.
    eglDestroyContext(m_egl->display, m_egl->context);
}

void GlContext::makeCurrent() {
    if (isCurrent()) return;
    eglBindAPI(EGL_OPENGL_API); // a property of the thread
    if (!eglMakeCurrent(m_egl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_egl->context))
        throw Error(ErrorKind::Unsupported, "the OpenGL context cannot be used on this thread", m_device);
}

void GlContext::release() {
    eglMakeCurrent(m_egl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

bool GlContext::isCurrent() const {
    return eglGetCurrentContext() == m_egl->context;
}

} // namespace emc

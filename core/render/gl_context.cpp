#include "core/render/gl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <algorithm>
#include <array>
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

std::vector<EGLDisplay> candidates() {
    std::vector<EGLDisplay> displays;
    const auto platformDisplay =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (!platformDisplay) return displays;
    displays.push_back(platformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    const auto queryDevices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
    if (!queryDevices) return displays;
    std::array<EGLDeviceEXT, 16> devices{};
    EGLint count = 0;
    if (queryDevices(static_cast<EGLint>(devices.size()), devices.data(), &count))
        for (EGLint i = 0; i < count; ++i)
            displays.push_back(platformDisplay(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr));
    return displays;
}

} // namespace

GlContext::GlContext() : m_egl(std::make_unique<Egl>()) {
    bool opened = false;
    for (const EGLDisplay display : candidates())
        if ((opened = m_egl->open(display))) break;
    if (!opened)
        throw Error(ErrorKind::Unsupported, "no OpenGL 3.2 context can be made", "EGL",
                    "Install Mesa's software driver (libgl1-mesa-dri) or the graphics driver of this machine");
    using GetString = const unsigned char* (*)(unsigned);
    constexpr unsigned kGlRenderer = 0x1F01;
    if (const auto getString = reinterpret_cast<GetString>(eglGetProcAddress("glGetString")))
        if (const unsigned char* name = getString(kGlRenderer)) m_device = reinterpret_cast<const char*>(name);
    m_software = m_device.find("llvmpipe") != std::string::npos || m_device.find("softpipe") != std::string::npos ||
                 m_device.find("swrast") != std::string::npos;
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

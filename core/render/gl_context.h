#pragma once
// An OpenGL context without any window or display: EGL on Mesa's surfaceless platform first, then on a GPU's device
// platform.
#include <memory>
#include <string>

namespace emc {

class GlContext {
public:
    // Throws Error(Unsupported) when the machine offers none: callers draw a message instead.
    GlContext();
    ~GlContext();
    GlContext(const GlContext&) = delete;
    GlContext& operator=(const GlContext&) = delete;

    // For the calling thread, until release(). Throws Error(Unsupported) when the driver refuses.
    void makeCurrent();
    void release();
    bool isCurrent() const;
    const std::string& device() const { return m_device; } // "llvmpipe (LLVM 15.0.6, 256 bits)", ...
    bool software() const { return m_software; }

private:
    struct Egl;
    std::unique_ptr<Egl> m_egl;
    std::string m_device;
    bool m_software = false;
};

} // namespace emc

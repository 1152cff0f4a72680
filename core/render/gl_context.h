#pragma once
// An OpenGL context without any window or display: EGL on Mesa's surfaceless platform, then on the device platforms;
// the first one that is not software, else the first one.
#include <memory>
#include <string>

namespace emc {

class GlContext {
public:
    // Throws Error(Unsupported) when the machine offers none: callers draw a message instead.
    GlContext();
    ~GlContext();
    // False when EGL knows of software devices only, or of none; asks without opening any. Never throws.
    static bool anyGpu();
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

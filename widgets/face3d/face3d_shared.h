#pragma once
// What all 3D views of a window have in common: one renderer (made at the first paint) and one
// camera.
#include <QObject>
#include <QString>

#include <memory>

#include "core/render/render_style.h"

namespace emc {

class HeadRenderer;

class Face3DShared : public QObject {
    Q_OBJECT
public:
    explicit Face3DShared(QObject* parent = nullptr);
    ~Face3DShared() override;

    // Null when there is no head; problem() then says why in one sentence.
    HeadRenderer* renderer();
    const QString& problem() const { return m_problem; }
    const HeadCamera& camera() const { return m_camera; }

public slots:
    void setCamera(const emc::HeadCamera& camera);

signals:
    void cameraChanged(const emc::HeadCamera& camera);

private:
    std::unique_ptr<HeadRenderer> m_renderer;
    QString m_problem;
    HeadCamera m_camera = HeadCamera::threeQuarter();
};

} // namespace emc

#include "widgets/common/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

// Q_INIT_RESOURCE must stand outside any namespace.
static void initResourceFile() {
    Q_INIT_RESOURCE(resources);
}

namespace emc {

namespace {

class LineIconEngine : public QIconEngine {
public:
    LineIconEngine(QString name, QColor normal, QColor disabled)
        : m_name(std::move(name)), m_normal(std::move(normal)), m_disabled(std::move(disabled)) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const int size = std::min(rect.width(), rect.height());
        const QPixmap picture = iconPixmap(m_name, colour(mode), size, painter->device()->devicePixelRatioF());
        painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, picture);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
        return iconPixmap(m_name, colour(mode), std::min(size.width(), size.height()), 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
        QPixmap picture = iconPixmap(
            m_name, colour(mode), static_cast<int>(std::lround(std::min(size.width(), size.height()) / scale)), scale);
        return picture;
    }
    QIconEngine* clone() const override { return new LineIconEngine(*this); }

private:
    const QColor& colour(QIcon::Mode mode) const { return mode == QIcon::Disabled ? m_disabled : m_normal; }
    QString m_name;
    QColor m_normal, m_disabled;
};

} // namespace

void initIconResources() {
    initResourceFile();
}

QPixmap iconPixmap(const QString& name, const QColor& colour, int size, double deviceRatio) {
    const QString key =
        QStringLiteral("emc/%1/%2/%3/%4").arg(name, colour.name(QColor::HexArgb)).arg(size).arg(deviceRatio);
    QPixmap picture;
    if (QPixmapCache::find(key, &picture)) return picture;
    QFile file(QStringLiteral(":/emc/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    if (size <= 16) svg.replace("stroke-width=\"1.5\"", "stroke-width=\"1.8\"");
    const int pixels = static_cast<int>(std::lround(size * deviceRatio));
    picture = QPixmap(pixels, pixels);
    picture.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(colour.alphaF());
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    picture.setDevicePixelRatio(deviceRatio);
    QPixmapCache::insert(key, picture);
    return picture;
}

QIcon icon(const QString& name, const Theme& theme, const QColor& colour) {
    return QIcon(new LineIconEngine(name, colour.isValid() ? colour : theme.text, theme.disabled));
}

} // namespace emc

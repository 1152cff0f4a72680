#pragma once
#include <QSize>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QWidget;

namespace emc::test {

struct GalleryPage {
    QString name;
    QSize size;
    std::function<std::unique_ptr<QWidget>()> make;
    std::function<void(QWidget&)> prepare; // after show(): gestures; may be empty
};
std::vector<GalleryPage> galleryPages();

} // namespace emc::test

#pragma once
// Draws of the latent on their first two principal components, with the walk between two of them. Internal to the CMA
// panel.
#include <QWidget>

#include <optional>
#include <vector>

#include "widgets/common/theme.h"
#include "widgets/samples/pca.h"

namespace emc {

class DrawsMap : public QWidget {
    Q_OBJECT
public:
    explicit DrawsMap(QWidget* parent = nullptr);
    void setDraws(std::vector<float> draws, int dims, double temperature);
    void setPosterior(std::vector<float> mean, const QString& words, const QColor& colour); // empty = none
    void setWalk(int a, int b, double share, std::vector<float> latent);
    void setDisplayed(int draw);
    const Pca& pca() const { return m_pca; }
    QPointF placeOf(int draw) const { return placeOf(rect(), draw); }         // widget pixels
    QRectF posteriorWordsPlace(const QRect& place, const Theme& theme) const; // empty = there are none
    void paint(QPainter& painter, const Theme& theme, const QRect& place) const;
    QSize sizeHint() const override { return {340, 240}; }
    QSize minimumSizeHint() const override { return {200, 180}; }

signals:
    void drawChosen(int draw);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    std::pair<double, double> at(std::span<const float> latent) const;
    QRectF area(const QRect& place) const;
    QPointF pixel(const QRect& place, std::pair<double, double> point) const;
    QPointF placeOf(const QRect& place, int draw) const;
    int count() const { return m_dims > 0 ? static_cast<int>(m_draws.size()) / m_dims : 0; }
    std::span<const float> draw(int index) const {
        return {m_draws.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(m_dims),
                static_cast<std::size_t>(m_dims)};
    }
    int nearest(const QPointF& point) const;

    std::vector<float> m_draws, m_posterior, m_latent;
    QString m_posteriorWords;
    QColor m_posteriorColour;
    int m_dims = 0, m_a = -1, m_b = -1, m_displayed = 0;
    double m_share = 0, m_temperature = 1, m_reach = 2.5;
    Pca m_pca;
};

} // namespace emc

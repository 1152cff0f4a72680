#include "core/media/face_choice.h"

#include <algorithm>
#include <cmath>

namespace emc {
namespace {

struct Person {
    FaceBox last, first, sum;
    int seen = 0;
    double score = 0;
};

constexpr double kGiveUpAfterS = 60; // without any face so far

} // namespace

std::vector<FaceCandidate> findFaces(const std::filesystem::path& video, FaceDetector& detector, JobContext& job,
                                     double seconds, int pictures) {
    VideoDecoder decoder(video);
    VideoFrame frame;
    RgbPicture picture;
    std::vector<Person> people;
    int withFace = 0;
    double firstS = 0, nextS = 0;
    bool any = false;
    while (decoder.next(frame)) {
        job.checkpoint();
        const double now = static_cast<double>(frame.pts) * decoder.timeBaseNum() / decoder.timeBaseDen();
        if (!any) firstS = now;
        any = true;
        if (now - firstS > kGiveUpAfterS || (now - firstS > seconds && withFace > 0)) break;
        if (now - firstS < nextS) continue;
        nextS = now - firstS + seconds / pictures * (now - firstS > seconds ? 4 : 1);
        decoder.toRgb(frame, picture);
        const std::vector<FaceDetection> faces = detector.detect(picture);
        withFace += !faces.empty();
        std::vector<bool> taken(people.size(), false);
        for (const FaceDetection& face : faces) {
            int nearest = -1;
            float best = face.box.side();
            for (std::size_t i = 0; i < people.size() && i < taken.size(); ++i) {
                const float distance = std::hypot(face.box.centreX() - people[i].last.centreX(),
                                                  face.box.centreY() - people[i].last.centreY());
                if (!taken[i] && distance < best) {
                    best = distance;
                    nearest = static_cast<int>(i);
                }
            }
            if (nearest < 0) {
                nearest = static_cast<int>(people.size());
                people.push_back({face.box, face.box, {}, 0, 0});
                taken.push_back(false);
            }
            Person& person = people[static_cast<std::size_t>(nearest)];
            taken[static_cast<std::size_t>(nearest)] = true;
            person.last = face.box;
            person.sum = {person.sum.x + face.box.x, person.sum.y + face.box.y, person.sum.w + face.box.w,
                          person.sum.h + face.box.h};
            ++person.seen;
            person.score += face.score;
        }
    }
    std::vector<FaceCandidate> candidates;
    for (const Person& person : people) {
        if (person.seen * 3 < withFace) continue;
        const auto n = static_cast<float>(person.seen);
        candidates.push_back({{person.sum.x / n, person.sum.y / n, person.sum.w / n, person.sum.h / n},
                              person.first,
                              static_cast<double>(person.seen) / withFace,
                              person.score / person.seen});
    }
    std::sort(candidates.begin(), candidates.end(), [](auto& a, auto& b) { return a.box.centreX() < b.box.centreX(); });
    return candidates;
}

int mainFace(const std::vector<FaceCandidate>& faces) {
    int best = -1;
    double most = 0;
    for (std::size_t i = 0; i < faces.size(); ++i) {
        const double weight = static_cast<double>(faces[i].box.w) * faces[i].box.h * faces[i].presence;
        if (weight > most) {
            most = weight;
            best = static_cast<int>(i);
        }
    }
    return best;
}

} // namespace emc

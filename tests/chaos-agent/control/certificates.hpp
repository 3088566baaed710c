#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace shakedown::tests {

// PEM files of a certificate and its key.
struct CertificateFiles {
    std::string certificate;
    std::string key;
};

// An authority of its own that signs certificates, good for an hour, as files in a folder.
class Authority {
public:
    Authority(std::filesystem::path folder, std::string const& name);
    ~Authority();
    Authority(Authority const&) = delete;
    Authority& operator=(Authority const&) = delete;

    // For 127.0.0.1 and that common name.
    CertificateFiles sign(std::string const& commonName) const;
    // One whose time is over.
    CertificateFiles signExpired(std::string const& commonName) const;
    std::string const& file() const { return file_; }

private:
    CertificateFiles make(std::string const& commonName, long begins, long ends) const;

    std::filesystem::path folder_;
    std::string file_;
    EVP_PKEY* key_;
    X509* certificate_;
};

} // namespace shakedown::tests

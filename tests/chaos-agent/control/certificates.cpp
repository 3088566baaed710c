#include "tests/chaos-agent/control/certificates.hpp"

#include <cstdio>
#include <stdexcept>

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace shakedown::tests {

namespace {

void must(bool done, char const* what) {
    if (!done) {
        throw std::runtime_error(std::string("openssl: ") + what);
    }
}

void extend(X509* certificate, X509* issuer, int what, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, what, value);
    must(extension != nullptr, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

X509* begin(EVP_PKEY* key, std::string const& commonName, long begins, long ends) {
    static long serial = 1;
    X509* const certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), begins);
    X509_gmtime_adj(X509_getm_notAfter(certificate), ends);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<unsigned char const*>(commonName.data()),
                               static_cast<int>(commonName.size()), -1, 0);
    return certificate;
}

template <class Write>
void writeFile(std::string const& path, Write write) {
    FILE* const file = std::fopen(path.c_str(), "w");
    must(file != nullptr && write(file) == 1, path.c_str());
    std::fclose(file);
    chmod(path.c_str(), S_IRUSR | S_IWUSR);
}

void writeCertificate(std::string const& path, X509* certificate) {
    writeFile(path, [&](FILE* file) { return PEM_write_X509(file, certificate); });
}

} // namespace

Authority::Authority(std::filesystem::path folder, std::string const& name)
    : folder_(std::move(folder)), file_((folder_ / (name + "-authority.pem")).string()),
      key_(EVP_EC_gen("P-256")), certificate_(begin(key_, name, -60, 3600)) {
    X509_set_issuer_name(certificate_, X509_get_subject_name(certificate_));
    extend(certificate_, certificate_, NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate_, certificate_, NID_subject_key_identifier, "hash");
    must(X509_sign(certificate_, key_, EVP_sha256()) > 0, "sign");
    writeCertificate(file_, certificate_);
}

Authority::~Authority() {
    X509_free(certificate_);
    EVP_PKEY_free(key_);
}

CertificateFiles Authority::sign(std::string const& commonName) const {
    return make(commonName, -60, 3600);
}

CertificateFiles Authority::signExpired(std::string const& commonName) const {
    return make(commonName, -7200, -3600);
}

CertificateFiles Authority::make(std::string const& commonName, long begins, long ends) const {
    static int made = 0;
    auto const base = folder_ / ("certificate-" + std::to_string(++made));
    CertificateFiles files{base.string() + ".pem", base.string() + ".key"};
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    X509* const certificate = begin(key, commonName, begins, ends);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate_));
    extend(certificate, certificate_, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
    extend(certificate, certificate_, NID_authority_key_identifier, "keyid");
    must(X509_sign(certificate, key_, EVP_sha256()) > 0, "sign");
    writeCertificate(files.certificate, certificate);
    writeFile(files.key, [&](FILE* file) {
        return PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
    return files;
}

} // namespace shakedown::tests

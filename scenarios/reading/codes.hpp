#pragma once

/// The stable codes of what reading can find; `shakedown explain CODE` tells more about each.
namespace shakedown::reading::codes {

// The file as bytes and as YAML.
inline constexpr auto unreadableFile = "E001";
inline constexpr auto tooLarge = "E002";
inline constexpr auto notText = "E003";
inline constexpr auto yamlSyntax = "E004";
inline constexpr auto notOneDocument = "E005";
inline constexpr auto duplicateKey = "E006";
inline constexpr auto tooDeep = "E007";
inline constexpr auto badAlias = "E008";
inline constexpr auto unusedYaml = "E009";
inline constexpr auto formatVersion = "E010";
inline constexpr auto badInclude = "E011";
inline constexpr auto badVariable = "E012";
inline constexpr auto badAssignment = "E013";
inline constexpr auto unquotedComma = "E014";
inline constexpr auto tooManyFindings = "E015";

// The fields.
inline constexpr auto unknownKey = "E101";
inline constexpr auto wrongShape = "E102";
inline constexpr auto missingKey = "E103";
inline constexpr auto badQuantity = "E104";
inline constexpr auto outOfRange = "E105";
inline constexpr auto unknownWord = "E106";
inline constexpr auto badDistribution = "E107";
inline constexpr auto badName = "E108";
inline constexpr auto badCallName = "E109";
inline constexpr auto contradictingKeys = "E110";
inline constexpr auto nameTwice = "E111";
inline constexpr auto badDataFile = "E112";
inline constexpr auto badVerb = "E113";
inline constexpr auto badRevision = "E114";

// Conditions.
inline constexpr auto conditionSyntax = "E201";
inline constexpr auto unknownMetric = "E202";
inline constexpr auto unknownSubject = "E203";
inline constexpr auto unitOfMetric = "E204";

} // namespace shakedown::reading::codes

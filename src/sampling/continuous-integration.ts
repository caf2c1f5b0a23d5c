/** Variables by which build services make themselves known, and their names. */
const services = {
  GITHUB_ACTIONS: 'GitHub Actions',
  GITLAB_CI: 'GitLab CI',
  CIRCLECI: 'CircleCI',
  BUILDKITE: 'Buildkite',
  TF_BUILD: 'Azure Pipelines',
  JENKINS_URL: 'Jenkins',
  TRAVIS: 'Travis CI',
  BITBUCKET_BUILD_NUMBER: 'Bitbucket Pipelines',
  TEAMCITY_VERSION: 'TeamCity',
  CODEBUILD_BUILD_ID: 'AWS CodeBuild',
  DRONE: 'Drone',
  FORGEJO_ACTIONS: 'Forgejo Actions',
} as const satisfies Record<string, string>

export function continuousIntegration(variables: NodeJS.ProcessEnv): string | null {
  const known = Object.entries(services).find(([variable]) => (variables[variable] ?? '') !== '')
  if (known) return known[1]
  const ci = variables['CI'] ?? ''
  return ci === '' || ci === 'false' || ci === '0' ? null : 'CI'
}

{{- define "claudometer.name" -}}
{{- if contains "claudometer" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-claudometer" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "claudometer.selector" -}}
app.kubernetes.io/name: claudometer
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "claudometer.labels" -}}
{{ include "claudometer.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* What the values must be together. */}}
{{- define "claudometer.check" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.database.secret) }}
{{- fail "several replicas need one PostgreSQL: set database.secret (SQLite has one writer)" }}
{{- end }}
{{- if and .Values.ingress.enabled (not (and .Values.ingress.host .Values.publicUrl)) }}
{{- fail "an ingress needs ingress.host and publicUrl: the server answers to that name only" }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled (not .Values.metricsToken.secret) }}
{{- fail "a service monitor needs metricsToken.secret" }}
{{- end }}
{{- end }}
